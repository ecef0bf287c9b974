package io.ghala.parquetwriter;

import io.ghala.presence.ServiceKind;
import io.ghala.service.ServiceLauncher;

/** Starts the parquet-writer-service. */
public final class ParquetWriterMain {
    private ParquetWriterMain() {}

    public static void main(String[] args) {
        System.exit(ServiceLauncher.run(ServiceKind.PARQUET_WRITER, 0, args, config -> new ParquetWriterModule()));
    }
}
