package io.ghala.snapshot;

/**
 * A blob that a manifest names is gone: the version was replaced meanwhile (read the manifest again) or Redis lost it
 * (ask for repair).
 */
public final class MissingBlobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MissingBlobException(String message) {
        super(message);
    }
}
