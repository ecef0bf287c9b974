package io.ghala.refresher.change;

/**
 * What a change cost: files read for the first time or because they moved, files read again for their values, parts and
 * rows built.
 */
public record Cost(int filesRead, int filesReadAgain, int partsBuilt, long rowsBuilt) {
    static final Cost NOTHING = new Cost(0, 0, 0, 0);

    Cost and(Cost other) {
        return new Cost(
                filesRead + other.filesRead,
                filesReadAgain + other.filesReadAgain,
                partsBuilt + other.partsBuilt,
                rowsBuilt + other.rowsBuilt);
    }

    static Cost ofFilesRead(int files) {
        return new Cost(files, 0, 0, 0);
    }

    static Cost ofFilesReadAgain(int files) {
        return new Cost(0, files, 0, 0);
    }

    static Cost ofParts(int parts, long rows) {
        return new Cost(0, 0, parts, rows);
    }
}
