package io.ghala.benchmarks;

/** What was measured gave a wrong result, so that its figures mean nothing. */
final class BrokenRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenRunException(String message) {
        super(message);
    }

    static void require(boolean right, String otherwise) {
        if (!right) {
            throw new BrokenRunException(otherwise);
        }
    }
}
