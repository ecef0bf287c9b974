package io.ghala.benchmarks.figures;

/** What was measured gave a wrong result, so that its figures mean nothing. */
public final class BrokenRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenRunException(String message) {
        super(message);
    }

    public static void require(boolean right, String otherwise) {
        if (!right) {
            throw new BrokenRunException(otherwise);
        }
    }
}
