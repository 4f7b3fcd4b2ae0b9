package io.p2pfaas.node.call;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** The word closest to {@code wrong}, if one is close enough to be meant. */
    public static Optional<String> closest(String wrong, List<String> words) {
        String plainWrong = plain(wrong);
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String word : words) {
            int distance = distance(plainWrong, plain(word));
            if (distance < bestDistance) {
                best = word;
                bestDistance = distance;
            }
        }
        return bestDistance <= Math.max(1, plainWrong.length() / 3) ? Optional.of(best) : Optional.empty();
    }

    /** Case and separators are what people mix up most: maxBody, max_body, max-body. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
