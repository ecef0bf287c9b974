package io.ghala.benchmarks.stand;

import io.ghala.benchmarks.figures.Effort;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What all benchmarks of a run share.
 *
 * @param dist the folder with the services' jars
 * @param orders the files of the tables of orders
 */
public record Setting(Effort effort, Path dist, OrdersFiles orders, Scratch scratch) implements AutoCloseable {
    /** Looks for the jars where the system property {@code ghala.dist} says. */
    public static Setting make(Effort effort) throws IOException {
        Scratch scratch = Scratch.make("ghala-benchmark-inputs-");
        Path dist = Path.of(System.getProperty("ghala.dist", "dist")).toAbsolutePath();
        return new Setting(effort, dist, new OrdersFiles(scratch.folder()), scratch);
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }
}
