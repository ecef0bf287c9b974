package io.ghala.parquetwriter;

/** Starts the process. */
public final class ParquetWriterMain {
    private ParquetWriterMain() {}

    public static void main(String[] args) {
        System.out.println("parquet-writer-service");
    }
}
