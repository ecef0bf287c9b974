package io.ghala.refresher.change;

/** The folder changed under the refresh: look at it again. */
public final class FolderMovedException extends Exception {
    private static final long serialVersionUID = 1L;

    FolderMovedException(String message) {
        super(message);
    }
}
