package io.ghala.config;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses keys that no setting has, naming the nearest one that exists. */
final class UnknownKeys {
    private UnknownKeys() {}

    static void reject(Config given, Config known) {
        Set<String> names =
                known.entrySet().stream().map(java.util.Map.Entry::getKey).collect(Collectors.toSet());
        List<String> problems = given.entrySet().stream()
                .filter(entry -> !names.contains(entry.getKey()))
                .map(entry -> entry.getKey() + " (" + SettingsReader.origin(entry.getValue())
                        + "): there is no such setting; did you mean " + nearest(entry.getKey(), names) + "?")
                .sorted()
                .collect(Collectors.toList());
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private static String nearest(String key, Set<String> names) {
        return names.stream()
                .min(java.util.Comparator.<String>comparingInt(name -> distance(key, name))
                        .thenComparing(name -> name))
                .orElse("");
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
