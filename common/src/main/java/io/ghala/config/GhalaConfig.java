package io.ghala.config;

import io.ghala.model.KeyColumn;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.TableName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * All settings of all services. Keys, defaults and what they mean stand in {@code reference.conf}.
 *
 * @param failPoints as {@link io.ghala.service.FailPoints} reads it; empty outside of tests
 */
public record GhalaConfig(
        TableSelection tables,
        Path dbRoot,
        RedisSettings redis,
        RefresherSettings refresher,
        WorkerSettings worker,
        ParquetSettings parquet,
        QuerySettings query,
        HttpSettings http,
        KeyColumn keyColumn,
        String failPoints) {

    /** Which tables a process serves: the named ones, or every folder where {@code names} is empty. */
    public record TableSelection(Set<TableName> names) {
        public TableSelection {
            names = Set.copyOf(names);
        }

        public boolean includes(TableName table) {
            return names.isEmpty() || names.contains(table);
        }
    }

    /**
     * How to reach Redis.
     *
     * @param url redis://, rediss://, redis+cluster://host,host or redis+sentinel://host,host/master
     */
    public record RedisSettings(
            URI url,
            Duration leaseTtl,
            Duration blobGrace,
            long retainedVersions,
            Duration stagingGrace,
            Duration opIdTtl,
            long opIdMax,
            long backlogMax) {}

    /** Settings of the refresher. */
    public record RefresherSettings(
            Duration scanInterval,
            ChangeDetection changeDetection,
            SchemaEvolution schemaEvolution,
            SnapshotFormat snapshotFormat,
            Duration settleTime,
            long maxFileBytes,
            long maxFileRows,
            long maxUnpackedBytes,
            int readThreads,
            long readMemoryBytes,
            TypedReaderSettings typedReader) {}

    /**
     * Settings of the processes that read Parquet and Arrow files.
     *
     * @param memoryBytes what each may take, heap and the rest together
     * @param timeout how long a file may give nothing before it is refused
     * @param idle how long a process waits for another file
     */
    public record TypedReaderSettings(long memoryBytes, Duration timeout, Duration idle) {}

    /** What counts as a change of the folder. */
    public enum ChangeDetection {
        /** The list of file names. */
        NAMES,
        /** Names, sizes and times. */
        STAT
    }

    /** What happens when files disagree about columns. */
    public enum SchemaEvolution {
        /** Columns are the union, types widen. */
        UNION,
        /** A file that does not fit the reference schema is refused. */
        FAIL
    }

    /** Settings of the stream-worker. */
    public record WorkerSettings(
            int batchEntries,
            OpFiles opFiles,
            int rowFilesMax,
            Duration claimIdle,
            int maxDeliveries,
            CleanUpSettings cleanUp) {}

    /** Which op files a batch of writes becomes. */
    public enum OpFiles {
        /** One per row for few writes, one for all of many. */
        AUTO,
        /** Always one per row. */
        ROWS,
        /** Always one for all. */
        SEGMENTS
    }

    /**
     * When op files are tidied up.
     *
     * @param barrierWait how long a worker may take to show that it holds nothing old before it is fenced
     * @param mergeRows merge files of single writes when there are so many
     * @param mergeSegments merge ops files of about the same size when there are so many
     * @param spentAfter age from which a delete that hides nothing may go
     */
    public record CleanUpSettings(
            Duration interval, Duration barrierWait, int mergeRows, int mergeSegments, Duration spentAfter) {}

    /** Settings of the parquet-writer. */
    public record ParquetSettings(
            ParquetCompression compression,
            Duration debounce,
            int zstdLevel,
            long rowGroupRows,
            long rowGroupBytes,
            int pageBytes,
            int writeThreads,
            boolean provenance,
            ColumnSelection bloomColumns,
            ColumnSelection sortColumns,
            long sortBytes,
            Duration checkInterval) {}

    /** Codec of the Parquet file. */
    public enum ParquetCompression {
        ZSTD,
        SNAPPY,
        NONE
    }

    /**
     * Settings of the query-service. {@code memoryLimit} is DuckDB's, for example {@code 4GB}; empty leaves DuckDB's
     * own, 80 % of memory.
     */
    public record QuerySettings(
            io.ghala.model.ResultFormat outputFormat,
            Duration timeout,
            Duration timeoutMax,
            long maxRows,
            long maxBytes,
            int threads,
            int concurrency,
            int queue,
            Duration stuckAfter,
            Duration drainTime,
            Optional<String> memoryLimit) {}

    /**
     * Where the service listens and whom it answers. Without a token only loopback addresses are allowed.
     *
     * @param hosts names by which clients may call the service besides those of the address
     * @param origins pages that browsers may let ask
     */
    public record HttpSettings(
            String bind,
            int port,
            Optional<String> token,
            Set<HostName> hosts,
            Set<WebOrigin> origins,
            HttpLimits limits) {
        public HttpSettings {
            hosts = Set.copyOf(hosts);
            origins = Set.copyOf(origins);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "HttpSettings[bind=" + bind + ", port=" + port + ", hosts=" + hosts + ", origins=" + origins + ", "
                    + limits + "]";
        }
    }

    /**
     * What many or slow clients may take.
     *
     * @param connections most that are open; beyond them the one that was idle for the longest is closed
     * @param header until a connection has brought a request, from when it was opened or answered last
     * @param body until the body of a request is there
     * @param write how long a client may take nothing of its answer
     */
    public record HttpLimits(int connections, Duration header, Duration body, Duration write) {}
}
