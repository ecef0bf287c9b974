package io.ghala.queryservice.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.model.Excerpt;
import io.ghala.model.TableName;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.queryservice.store.TableStore;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SchemaCodec;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code GET /tables} and {@code GET /tables/NAME}: what is loaded. */
public final class TablesRoute {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TableStore store;

    @Inject
    TablesRoute(TableStore store) {
        this.store = store;
    }

    ObjectNode all() {
        ObjectNode out = JSON.createObjectNode();
        store.tables().stream().sorted().forEach(name -> store.manifest(name)
                .ifPresent(manifest -> out.putObject(name.value())
                        .put("version", manifest.version().value())
                        .put("rows", manifest.rows())
                        .put("files", manifest.files())
                        .put("refused", manifest.filesRefused())));
        return out;
    }

    ObjectNode one(String name) {
        Manifest manifest = TableName.ofFolder(name)
                .flatMap(store::manifest)
                .orElseThrow(() -> new SqlProblemException(new SqlProblem(
                        Kind.NOT_FOUND,
                        "there is no table '" + Excerpt.of(name) + "'; there are: "
                                + store.tables().stream()
                                        .sorted()
                                        .map(TableName::value)
                                        .collect(Collectors.joining(", ")))));
        ObjectNode out = JSON.createObjectNode()
                .put("table", name)
                .put("version", manifest.version().value())
                .put("published_at", manifest.publishedAt().toString())
                .put("key_column", manifest.keyColumn().name())
                .put("rows", manifest.rows())
                .put("bytes", manifest.bytes())
                .put("files", manifest.files());
        store.stale(manifest.table()).ifPresent(reason -> out.put("stale", reason));
        out.set("schema", SchemaCodec.encode(manifest.schema()));
        ObjectNode from = out.putObject("type_from");
        manifest.schema().columns().forEach(column -> Optional.ofNullable(
                        manifest.basis().origins().get(column.foldedName()))
                .ifPresent(file -> from.put(column.name(), file)));
        manifest.refused().forEach(file -> out.withArray("refused")
                .addObject()
                .put("kind", file.kind().label())
                .put("file", file.file())
                .put("reason", file.reason()));
        return out;
    }
}
