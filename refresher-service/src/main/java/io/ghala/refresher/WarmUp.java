package io.ghala.refresher;

import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.RefresherSettings;
import io.ghala.model.KeyColumn;
import io.ghala.refresher.detect.FileStamp;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.index.FreshPart;
import io.ghala.refresher.index.FreshPart.ReadFile;
import io.ghala.refresher.index.KnownFile;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.PartIndexCodec;
import io.ghala.refresher.parts.BuildPart;
import io.ghala.refresher.parts.BuildPart.Origins;
import io.ghala.refresher.parts.PartPlan;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.read.ReadFiles;
import io.ghala.refresher.read.ReadFiles.FileRows;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.settings.CsvDialect;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.snapshot.EmptySnapshots;
import io.ghala.snapshot.codec.BlobCodecs;
import io.ghala.type.TableEvidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a small file again and again, builds a part of it and throws that away, on a thread of its own while the
 * service starts: a start leaves processors idle, and the first refresh is not to wait until libraries have come up and
 * code is compiled.
 */
final class WarmUp {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final int TIMES = 400;
    private static final String CONTENT = """
            {"id":1,"name":"text","amount":1.25,"at":"2026-01-31T12:00:00","all":true,"none":null,"tags":["text",{"a":2}],"names":["text"]}
            """;
    private final RefresherSettings settings;
    private final TableSettings table;

    private WarmUp(GhalaConfig config) {
        this.settings = config.refresher();
        CsvDialect csv = new CsvDialect(Optional.empty(), true, '"', StandardCharsets.UTF_8);
        this.table =
                new TableSettings(new KeyColumn("id"), Map.of(), csv, settings.schemaEvolution(), Optional.empty());
    }

    /** Starts it; nobody waits for it, and nothing depends on it. */
    static void start(GhalaConfig config) {
        Thread thread = new Thread(new WarmUp(config)::run, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            Path file = Files.createTempFile("ghala-warm-up-", ".json");
            try {
                Files.writeString(file, CONTENT);
                log.debug("warmed up bytes={}", build(read(file)));
            } finally {
                Files.delete(file);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("not warmed up reason=\"{}\"", e.getMessage(), e);
        }
    }

    /** Reads the file many times. */
    private List<FileRows> read(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path name = file.getFileName();
        if (folder == null || name == null) {
            throw new IOException("a temporary file without a folder");
        }
        FoundFile found = new FoundFile(name.toString(), new FileStamp(CONTENT.length(), 1));
        ReadLimits limits =
                new ReadLimits(settings.maxFileBytes(), settings.maxFileRows(), settings.maxUnpackedBytes());
        try (TypedFiles typed = new TypedFiles(settings.typedReader())) {
            return new ReadFiles(ForkJoinPool.commonPool(), 1, settings.readMemoryBytes())
                    .read(Collections.nCopies(TIMES, found), () -> new TableFileReader(folder, table, limits, typed))
                    .read();
        }
    }

    /** Builds a part of the rows; returns how many bytes it took. */
    private int build(List<FileRows> read) {
        List<ReadFile> files = new ArrayList<>();
        TableEvidence evidence = TableEvidence.NOTHING;
        for (FileRows one : read) {
            evidence = evidence.join(one.rows().get(0).evidence());
            KnownFile known = new KnownFile(one.file().name(), one.file().stamp(), 1, evidence);
            files.add(new ReadFile(known, one.rows()));
        }
        Part fresh = FreshPart.of(files, table.keyColumn());
        PartPlan plan = new PlanParts().plan(List.of(fresh), table.schema(evidence));
        try (BufferAllocator allocator = new RootAllocator()) {
            BuildPart.Built built = new BuildPart(
                            new EmptySnapshots(), allocator, BlobCodecs.of(settings.snapshotFormat()))
                    .build(plan.built().get(0), table.schema(evidence), List.of(), new Origins());
            return built.blobs().size() + PartIndexCodec.encode(built.index(), 0).length;
        }
    }
}
