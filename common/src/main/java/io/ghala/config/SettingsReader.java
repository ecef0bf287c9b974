package io.ghala.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads single settings and collects what is wrong with them, so that all problems are reported at once. */
final class SettingsReader {
    private final Config config;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Config config) {
        this.config = config;
    }

    /** The parsed text of {@code path}, or {@code fallback} after noting the problem. */
    <T> T text(String path, T fallback, Function<String, T> parse) {
        try {
            return parse.apply(config.getString(path).strip());
        } catch (ConfigException | IllegalArgumentException e) {
            return problem(path, e.getMessage(), fallback);
        }
    }

    <E extends Enum<E>> E choice(String path, E fallback, Class<E> type) {
        String allowed = Arrays.stream(type.getEnumConstants())
                .map(e -> e.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return text(path, fallback, value -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(value)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("'" + value + "' is not one of " + allowed);
        });
    }

    /** true or false. */
    boolean truth(String path) {
        return text(path, false, value -> {
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException("'" + value + "' is neither true nor false");
            }
            return value.equals("true");
        });
    }

    int integer(String path, int least, int most) {
        return (int) whole(path, least, most);
    }

    long whole(String path, long least, long most) {
        return text(path, least, value -> {
            long number;
            try {
                number = Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + value + "' is not a whole number", e);
            }
            if (number < least || number > most) {
                throw new IllegalArgumentException(number + " is not between " + least + " and " + most);
            }
            return number;
        });
    }

    long bytes(String path, long least) {
        try {
            long bytes = config.getBytes(path);
            return bytes >= least ? bytes : problem(path, bytes + " bytes is less than " + least, least);
        } catch (ConfigException e) {
            return problem(path, e.getMessage(), least);
        }
    }

    Duration duration(String path, Duration least) {
        try {
            Duration value = config.getDuration(path);
            return value.compareTo(least) >= 0
                    ? value
                    : problem(path, value.toMillis() + " ms is less than " + least.toMillis() + " ms", least);
        } catch (ConfigException e) {
            return problem(path, e.getMessage(), least);
        }
    }

    /** A number of seconds, with a fraction if need be. */
    Duration seconds(String path, double least) {
        return text(path, Duration.ZERO, value -> {
            double seconds;
            try {
                seconds = Double.parseDouble(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + value + "' is not a number of seconds", e);
            }
            if (!(seconds >= least && seconds <= 86_400)) {
                throw new IllegalArgumentException("'" + value + "' is not between " + least + " and 86400 seconds");
            }
            return Duration.ofNanos(Math.round(seconds * 1e9));
        });
    }

    /** Notes a problem of {@code path}, naming where its value was set. */
    <T> T problem(String path, @org.jspecify.annotations.Nullable String what, T fallback) {
        String origin = config.hasPath(path) ? " (" + origin(config.getValue(path)) + ")" : "";
        problems.add(path + origin + ": " + what);
        return fallback;
    }

    /** Where a value was set, in the words of a person. */
    static String origin(ConfigValue value) {
        return value.origin().description();
    }

    void finish() {
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    void addProblem(String problem) {
        problems.add(problem);
    }
}
