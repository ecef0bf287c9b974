package io.ghala.snapshot.parquet.encode;

/** When to give up on a dictionary. */
final class DictionaryPays {
    private static final int CHANCE = 1 << 13;

    private DictionaryPays() {}

    /** Whether {@code different} ones among the first {@code seen} values leave hope: not two of three are new. */
    static boolean soFar(int different, int seen) {
        return different < CHANCE || 3L * different < 2L * seen;
    }
}
