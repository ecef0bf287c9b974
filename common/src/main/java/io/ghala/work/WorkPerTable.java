package io.ghala.work;

import com.codahale.metrics.MetricRegistry;
import io.ghala.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A piece of work for each table on a loop of its own, so that a large table never holds up a small one: begun for
 * tables that come, ended for those that go. One thread begins and ends them; any may ask.
 */
public final class WorkPerTable<W extends Work> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkPerTable.class);
    private final Function<TableName, W> make;
    private final Consumer<W> end;
    private final MetricRegistry metrics;
    private final Map<TableName, Running<W>> running = new ConcurrentHashMap<>();

    /** {@code end} is told of each piece of work whose loop has ended. */
    public WorkPerTable(Function<TableName, W> make, Consumer<W> end, MetricRegistry metrics) {
        this.make = make;
        this.end = end;
        this.metrics = metrics;
    }

    private record Running<W>(W work, WorkLoop loop) {}

    /** Begins the work of the tables that have none yet, and ends that of all others. */
    public void follow(Set<TableName> tables) {
        for (TableName table : tables) {
            if (!running.containsKey(table)) {
                begin(table);
            }
        }
        for (TableName table : List.copyOf(running.keySet())) {
            if (!tables.contains(table)) {
                Optional.ofNullable(running.remove(table)).ifPresent(this::end);
                log.info("table left table={}", table);
            }
        }
    }

    private void begin(TableName table) {
        W work = make.apply(table);
        WorkLoop loop = new WorkLoop(work, metrics);
        running.put(table, new Running<>(work, loop));
        loop.start();
        log.info("table taken table={}", table);
    }

    private void end(Running<W> ended) {
        ended.loop().close();
        end.accept(ended.work());
    }

    /** The work of {@code table}, empty where there is none. */
    public Optional<W> of(TableName table) {
        return Optional.ofNullable(running.get(table)).map(Running::work);
    }

    /** Makes every piece of work begin its next round at once. */
    public void wakeAll() {
        running.values().forEach(one -> one.work().wakeUp().raise());
    }

    /** What keeps tables from being worked on, by table; empty where nothing does. */
    public Optional<String> problem() {
        String problems = running.entrySet().stream()
                .flatMap(table -> table.getValue().loop().problem().stream()
                        .map(problem -> "table " + table.getKey() + ": " + problem))
                .sorted()
                .collect(Collectors.joining("; "));
        return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
    }

    /** Ends all of it. */
    @Override
    public void close() {
        running.values().forEach(this::end);
        running.clear();
    }
}
