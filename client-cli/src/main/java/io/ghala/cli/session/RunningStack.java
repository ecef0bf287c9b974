package io.ghala.cli.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the {@code up} of a folder is reached: a file in the folder that only its owner reads, with the process id and
 * the address of its Redis, a line each.
 */
public final class RunningStack {
    private static final String REDIS_URL = "REDIS_URL";
    private static final String SETTINGS = "GHALA_CONFIG";

    private RunningStack() {}

    /** The shared folder that {@code environment} names. */
    public static Path root(Map<String, String> environment) {
        String named = environment.getOrDefault("DB_ROOT", "");
        return Path.of(named.isBlank() ? "./shared_db" : named);
    }

    /** The file for the folder {@code root}. */
    public static Path file(Path root) {
        return root.resolve(".ghala").resolve("up").resolve("address");
    }

    /** What the file holds. */
    public static String text(long pid, String redisUrl) {
        return pid + "\n" + redisUrl + "\n";
    }

    /**
     * {@code environment}, with the address of the Redis of the {@code up} that serves its folder, unless it says
     * itself where Redis is.
     */
    public static Map<String, String> environment(Map<String, String> environment) {
        boolean named = !environment.getOrDefault(REDIS_URL, "").isBlank()
                || !environment.getOrDefault(SETTINGS, "").isBlank();
        if (named) {
            return environment;
        }
        Map<String, String> all = new HashMap<>(environment);
        redisUrl(file(root(environment))).ifPresent(url -> all.put(REDIS_URL, url));
        return all;
    }

    private static Optional<String> redisUrl(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            boolean runs = lines.size() == 2
                    && ProcessHandle.of(Long.parseLong(lines.get(0)))
                            .filter(ProcessHandle::isAlive)
                            .isPresent();
            return runs ? Optional.of(lines.get(1)) : Optional.empty();
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "what " + file + " says about the running ghala cannot be read: set REDIS_URL, or run as its owner",
                    e);
        }
    }
}
