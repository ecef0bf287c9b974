package io.ghala.cli.stack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/**
 * A program that is a Redis: the newest kind that the machine has, or else the one that comes with Ghala.
 *
 * @param major first part of its version
 */
record RedisBinary(Path program, String version, int major, Origin origin) {
    private static final List<String> NAMES = List.of("redis-server", "valkey-server");
    /** What Ghala needs is there since 6.2. */
    private static final int LEAST_MAJOR = 6;

    private static final int LEAST_MINOR = 2;
    private static final Pattern VERSION = Pattern.compile("\\bv=((\\d+)\\.(\\d+)[^ ]*)");
    private static final long ANSWER_SECONDS = 10;

    /** Where a program comes from. */
    enum Origin {
        SYSTEM,
        EMBEDDED
    }

    /** The program to use; {@code unpacked} is where the embedded one is put. */
    static RedisBinary find(Map<String, String> environment, Path unpacked) throws IOException, InterruptedException {
        for (String name : NAMES) {
            for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
                Path program = Path.of(folder.isEmpty() ? "." : folder, name).toAbsolutePath();
                if (Files.isExecutable(program) && Files.isRegularFile(program)) {
                    Optional<RedisBinary> usable = of(program, Origin.SYSTEM);
                    if (usable.isPresent()) {
                        return usable.get();
                    }
                }
            }
        }
        Path own = ExecutableProvider.newJarResourceProvider(
                        Files.createDirectories(unpacked).toFile())
                .get()
                .toPath();
        return of(own, Origin.EMBEDDED)
                .orElseThrow(() -> new IOException("the Redis that comes with Ghala does not run here: install"
                        + " redis-server or valkey-server, or set REDIS_URL"));
    }

    /** Empty where it does not say its version, or is too old. */
    private static Optional<RedisBinary> of(Path program, Origin origin) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            Matcher version = VERSION.matcher(said);
            if (process.exitValue() != 0 || !version.find()) {
                return Optional.empty();
            }
            int major = Integer.parseInt(version.group(2));
            boolean newEnough =
                    major > LEAST_MAJOR || (major == LEAST_MAJOR && Integer.parseInt(version.group(3)) >= LEAST_MINOR);
            return newEnough
                    ? Optional.of(new RedisBinary(program, version.group(1), major, origin))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return program.getFileName() + " " + version
                + (origin == Origin.SYSTEM ? " (" + program + ")" : " (the one that comes with Ghala)");
    }
}
