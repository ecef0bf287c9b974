package io.ghala.parquetwriter;

/** Will write one Parquet file per table; this version has no writer yet and says so. */
public final class ParquetWriterMain {
    private static final int FAILED = 1;

    private ParquetWriterMain() {}

    public static void main(String[] args) {
        System.err.println(
                "parquet-writer-service: this version does not write Parquet files yet; README.md says what is there");
        System.exit(FAILED);
    }
}
