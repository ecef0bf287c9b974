package io.ghala.benchmarks.stand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** What Linux tells about a process's memory. */
public final class ProcessMemory {
    private static final double KIB_PER_MIB = 1024;

    private ProcessMemory() {}

    /** A line of {@code /proc/PID/status} such as VmRSS, in MiB; empty on other systems. */
    public static OptionalDouble read(long pid, String name) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return OptionalDouble.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
                .findFirst();
    }
}
