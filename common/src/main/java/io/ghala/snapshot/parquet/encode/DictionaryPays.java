package io.ghala.snapshot.parquet.encode;

/**
 * When to give up on a dictionary: each time the different values have doubled, how many there will be in the end is
 * told from how many of those seen so far were new, as if they came in random order.
 */
final class DictionaryPays {
    private static final int CHANCE = 1 << 13;
    private static final int HALVINGS = 40;

    private final int count;
    private final double valueBytes;
    private final long mostBytes;
    private final long otherBytes;
    private int next = CHANCE;

    /**
     * A chunk that is looked at.
     *
     * @param count its values
     * @param valueBytes what each takes in a dictionary
     * @param mostBytes most that the dictionary may take
     * @param otherBytes what the chunk takes without one
     */
    DictionaryPays(int count, double valueBytes, long mostBytes, long otherBytes) {
        this.count = count;
        this.valueBytes = valueBytes;
        this.mostBytes = mostBytes;
        this.otherBytes = otherBytes;
    }

    /** Whether {@code different} ones among the first {@code seen} values leave hope. */
    boolean soFar(int different, int seen) {
        return different < next || stillAt(different, seen);
    }

    private boolean stillAt(int different, int seen) {
        next = 2 * different;
        double expected = expected(different, seen);
        double dictionary = expected * valueBytes;
        return dictionary <= mostBytes
                && dictionary + (double) count * HybridRle.width((int) expected) / Byte.SIZE < otherBytes;
    }

    /** Of n values that are equally likely, 1 - exp(-x) are seen after x * n looks. */
    private double expected(int different, int seen) {
        if (different >= seen) {
            return count;
        }
        double ratio = (double) different / seen;
        double low = 0;
        double high = seen;
        for (int i = 0; i < HALVINGS; i++) {
            double looks = (low + high) / 2;
            if (-Math.expm1(-looks) / looks > ratio) {
                low = looks;
            } else {
                high = looks;
            }
        }
        double all = seen / high;
        return Math.min(count, all * -Math.expm1(-count / all));
    }
}
