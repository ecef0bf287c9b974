package io.ghala.type;

/** What values of a column were seen to be; evidence is a set of these as bits. */
final class Kind {
    static final int BOOLEAN = 1;
    /** An integer of 64 bits. */
    static final int INTEGER = 1 << 1;
    /** An integer beyond ±2^53, which a double may not hold. */
    static final int BEYOND_DOUBLE = 1 << 2;
    /** An integer beyond 64 bits, of at most 38 digits. */
    static final int LARGE_INTEGER = 1 << 3;
    /** A fraction of at most 17 significant digits that is a finite double. */
    static final int FRACTION = 1 << 4;
    /** Any other number: exact only as text. */
    static final int BIGGER_NUMBER = 1 << 5;

    static final int DATE = 1 << 6;
    static final int TIMESTAMP = 1 << 7;
    static final int TIMESTAMP_ZONED = 1 << 8;
    /** A timestamp with digits below the microsecond. */
    static final int BELOW_MICROSECOND = 1 << 9;
    /** A timestamp outside the years that nanoseconds reach. */
    static final int BEYOND_NANOSECONDS = 1 << 10;

    static final int TEXT = 1 << 11;
    static final int OBJECT = 1 << 12;
    static final int ARRAY = 1 << 13;
    /** Only JSON can hold it: keys that are one after folding, or more keys than a struct should have. */
    static final int ONLY_JSON = 1 << 14;

    /** A number that its file declares to be a decimal. */
    static final int DECIMAL = 1 << 15;
    /** A number that its file declares to be binary floating point, infinities and NaN included. */
    static final int TYPED_DOUBLE = 1 << 16;

    static final int BINARY = 1 << 17;
    /** A time of day that its file declares to be one; text never becomes it. */
    static final int TIME = 1 << 18;
    /** Keys that are data, by what a file declares; an object of JSON never becomes it. */
    static final int MAP = 1 << 19;

    static final int NUMBERS =
            INTEGER | BEYOND_DOUBLE | LARGE_INTEGER | FRACTION | BIGGER_NUMBER | DECIMAL | TYPED_DOUBLE;
    static final int ALL_TIMESTAMPS = TIMESTAMP | TIMESTAMP_ZONED | BELOW_MICROSECOND | BEYOND_NANOSECONDS;
    static final int NESTED = OBJECT | ARRAY | MAP | ONLY_JSON;

    private Kind() {}

    static boolean only(int kinds, int allowed) {
        return kinds != 0 && (kinds & ~allowed) == 0;
    }
}
