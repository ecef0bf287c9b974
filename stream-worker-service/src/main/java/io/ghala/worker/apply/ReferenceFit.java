package io.ghala.worker.apply;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.SchemaEvolution;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.ReferenceSchema;
import io.ghala.folder.TableConfFile;
import io.ghala.model.TableName;
import io.ghala.token.RowFit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** Under the schema policy {@code fail}, tells of an upsert whether its row fits the table's reference schema. */
public final class ReferenceFit {
    private static final long REMEMBERED_MS = 1_000;
    private final TableName table;
    private final FolderLayout layout;
    private final Path folder;
    private final SchemaEvolution evolution;
    private final BufferAllocator allocator;
    private final Clock clock;
    private Optional<RowFit> known = Optional.empty();
    private long readAtMs;

    public ReferenceFit(TableName table, GhalaConfig config, BufferAllocator allocator, Clock clock) {
        this.table = table;
        this.layout = new FolderLayout(config.dbRoot());
        this.folder = layout.table(table);
        this.evolution = config.refresher().schemaEvolution();
        this.allocator = allocator;
        this.clock = clock;
    }

    /**
     * Why the row does not fit, empty when it does. What fits is read again every second.
     *
     * @throws IOException when the table's settings or its reference schema cannot be read
     */
    Optional<String> problem(String payload) throws IOException {
        long now = clock.millis();
        if (now - readAtMs >= REMEMBERED_MS || now < readAtMs) {
            known = current();
            readAtMs = now;
        }
        return known.flatMap(fit -> fit.problem(payload));
    }

    /** Empty where any row is welcome, also while no file has come that says what fits. */
    private Optional<RowFit> current() throws IOException {
        if (policy() != SchemaEvolution.FAIL) {
            return Optional.empty();
        }
        return ReferenceSchema.read(folder).map(schema -> new RowFit(schema, allocator));
    }

    private SchemaEvolution policy() throws IOException {
        Optional<String> kept;
        try {
            return policy(TableConfFile.text(folder));
        } catch (ConfigException | IllegalArgumentException | IOException e) {
            // The refresher says so; a write does not wait until people have mended it.
            kept = TableConfFile.kept(layout, table);
        }
        try {
            return policy(kept.orElse(""));
        } catch (ConfigException | IllegalArgumentException e) {
            return evolution;
        }
    }

    private SchemaEvolution policy(String text) {
        return TableConfFile.schema(ConfigFactory.parseString(text), evolution);
    }
}
