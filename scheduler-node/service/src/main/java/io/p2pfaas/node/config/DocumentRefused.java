package io.p2pfaas.node.config;

/** A JSON document cannot be taken: it is none, or it says something that cannot be. */
public final class DocumentRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final String key;
    private final String found;
    private final String allowed;

    /**
     * What is wrong.
     *
     * @param key the wrong key; empty if the document as a whole is meant
     * @param found to follow the key: {@code is 0, which is too small}
     * @param allowed to follow "allowed is"
     */
    DocumentRefused(String key, String found, String allowed) {
        super((key.isEmpty() ? "the document" : key) + " " + found + "; allowed is " + allowed, null, false, false);
        this.key = key;
        this.found = found;
        this.allowed = allowed;
    }

    /** The same as a reason not to start. */
    Problem asProblem(String where) {
        return new Problem(key, where, "it " + found, allowed, "");
    }

    /** Key, value and what is allowed, in one sentence. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? found : message;
    }
}
