package io.p2pfaas.node.runtime.docker;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which images functions may be made of, by patterns on the reference as it is given at the deployment. {@code *} stands
 * for any characters but {@code /}, {@code **} for any characters, {@code ?} for one. So {@code acme/*} does not let
 * {@code acme/x/y} in, and {@code registry.acme.org/**} nothing from a registry whose name only begins so.
 */
public final class AllowedImages {
    private final List<String> patterns;
    private final List<Pattern> compiled;

    /** Only what one of the patterns is for; all images if there is none, or if one is {@code *}. */
    public AllowedImages(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
        this.compiled = this.patterns.stream().map(AllowedImages::compiled).toList();
    }

    /** Whether a function may be made of the image. */
    public boolean allows(String image) {
        return compiled.isEmpty()
                || compiled.stream().anyMatch(pattern -> pattern.matcher(image).matches());
    }

    /**
     * Returns if a function may be made of the image.
     *
     * @throws IllegalArgumentException with the image and what is allowed
     */
    public void require(String image) {
        if (!allows(image)) {
            throw new IllegalArgumentException(
                    "image is \"" + image + "\"; allowed is what docker.images names: " + String.join(", ", patterns));
        }
    }

    private static Pattern compiled(String glob) {
        if (glob.equals("*")) {
            return Pattern.compile(".*");
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char letter = glob.charAt(i);
            if (letter == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (letter == '*') {
                regex.append("[^/]*");
            } else if (letter == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(letter)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
