package io.ghala.service;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names of files, arguments and the environment reach Java in the encoding of the system's locale, which is often none
 * (cron, systemd, slim images: {@code LC_ALL=C}), and nothing in Java changes that afterwards. What Ghala starts gets a
 * locale of UTF-8, and a service that was started without one starts itself again with it.
 */
public final class Utf8Locale {
    private static final String NAME = "LC_ALL";
    private static final String LOCALE = "C.UTF-8";
    /** Set in a process that was started again, so that it is not once more. */
    private static final String AGAIN = "GHALA_LOCALE_SET";

    private Utf8Locale() {}

    /** Whether this process has it. */
    public static boolean isSet() {
        String encoding = System.getProperty("sun.jnu.encoding", "");
        try {
            return Charset.forName(encoding).equals(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What the environment of a child process needs beside that of this one, so that the child has it. */
    public static Map<String, String> forChild() {
        return isSet() ? Map.of() : Map.of(NAME, LOCALE);
    }

    /**
     * What is wrong where texts came broken from outside: the replacement character stands for bytes that were not in
     * the encoding of the locale. Empty where nothing is.
     */
    public static Optional<String> problem(List<String> texts) {
        return texts.stream()
                .filter(text -> text.indexOf('\uFFFD') >= 0)
                .findFirst()
                .map(text -> "'" + text + "' holds bytes that are not "
                        + (isSet() ? "UTF-8: give it in UTF-8" : "of the locale: set LC_ALL=C.UTF-8"));
    }

    /**
     * Runs this very program once more in another process, with a locale of UTF-8 and the same standard streams. Ends
     * it when this one is asked to end.
     *
     * @return its exit code
     * @throws IOException when it cannot be started, or has no such locale either
     */
    static int runAgain() throws IOException, InterruptedException {
        ProcessHandle.Info own = ProcessHandle.current().info();
        Optional<String[]> arguments = own.arguments();
        if (System.getenv(AGAIN) != null || own.command().isEmpty() || arguments.isEmpty()) {
            throw new IOException("this system has no locale of UTF-8 that could be set: install one, and set LC_ALL");
        }
        List<String> command = new ArrayList<>();
        command.add(own.command().get());
        command.addAll(List.of(arguments.get()));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        if (System.getenv(ServiceLauncher.ENDS_WITH) == null) {
            // However this process ends, that one ends too.
            builder.redirectInput(ProcessBuilder.Redirect.PIPE);
            builder.environment().put(ServiceLauncher.ENDS_WITH, ServiceLauncher.INPUT);
        }
        builder.environment().put(NAME, LOCALE);
        builder.environment().put(AGAIN, "yes");
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "stop"));
        return process.waitFor();
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
