package io.ghala.benchmarks.measure;

import io.ghala.benchmarks.figures.BrokenRunException;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.stand.Setting;
import java.time.Duration;
import java.util.List;

/** One measurement with its peer or floor. It fails rather than give figures of a run whose results are wrong. */
public interface Benchmark {
    /** The word that selects it on the command line. */
    String name();

    /** The heading of its section. */
    String title();

    /** What is measured against what, as a paragraph of Markdown. */
    String about();

    /** The sizes it runs at where none are named, in rows (in files where it measures files). */
    List<Integer> sizes();

    /** Whether sizes are numbers of files. */
    default boolean countsFiles() {
        return false;
    }

    /** The largest size it may be asked for. */
    int largest();

    /** After so long a run at one size is given up. */
    Duration limit();

    /**
     * Measures at one size.
     *
     * @throws BrokenRunException when what was measured did not do what its name says
     */
    List<Result> run(int size, Setting setting) throws Exception;
}
