package io.ghala.benchmarks;

import io.ghala.benchmarks.measure.Benchmark;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of the command line: {@code [NAME…] [--rows N…] [--smoke]}.
 *
 * @param names the benchmarks to run; empty for all
 * @param sizes the sizes to run at; empty for each benchmark's own, or a small one where {@code smoke}
 * @param smoke only to see that everything runs: few repetitions, and the page stays as it is
 */
record Arguments(List<String> names, List<Integer> sizes, boolean smoke) {
    private static final int SMOKE_ROWS = 2_000;
    private static final int SMOKE_FILES = 100;

    Arguments {
        names = List.copyOf(names);
        sizes = List.copyOf(sizes);
    }

    /**
     * Reads the words.
     *
     * @throws IllegalArgumentException saying which word is wrong and what is right
     */
    static Arguments parse(List<String> words, List<String> known) {
        List<String> names = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        boolean rows = false;
        boolean smoke = false;
        for (String word : words) {
            if (word.equals("--rows")) {
                rows = true;
            } else if (word.equals("--smoke")) {
                smoke = true;
            } else if (rows && word.matches("[0-9][0-9_,]*")) {
                for (String number : word.split(",", -1)) {
                    sizes.add(size(number));
                }
            } else if (known.contains(word)) {
                rows = false;
                names.add(word);
            } else {
                throw new IllegalArgumentException("there is no benchmark '" + word + "'; there are "
                        + String.join(", ", known) + "; sizes stand after --rows");
            }
        }
        if (rows && sizes.isEmpty()) {
            throw new IllegalArgumentException("--rows needs a number, for example --rows 100000 1000000");
        }
        return new Arguments(names, sizes, smoke);
    }

    private static int size(String number) {
        try {
            int size = Integer.parseInt(number.replace("_", ""));
            if (size > 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + number + "' is not a number of rows", e);
        }
        throw new IllegalArgumentException("'" + number + "' is not a number of rows");
    }

    boolean wants(Benchmark benchmark) {
        return names.isEmpty() || names.contains(benchmark.name());
    }

    /** The sizes at which {@code benchmark} runs; those beyond its largest are left out. */
    List<Integer> sizesOf(Benchmark benchmark) {
        if (sizes.isEmpty()) {
            return smoke ? List.of(benchmark.countsFiles() ? SMOKE_FILES : SMOKE_ROWS) : benchmark.sizes();
        }
        return sizes.stream().filter(size -> size <= benchmark.largest()).toList();
    }
}
