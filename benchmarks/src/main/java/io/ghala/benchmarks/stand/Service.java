package io.ghala.benchmarks.stand;

import io.ghala.benchmarks.figures.BrokenRunException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running service: its process, its log and its HTTP. */
public final class Service {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int LAST_CHARACTERS = 2000;

    private final Process process;
    private final Path log;
    private final String address;

    Service(Process process, Path log, String address) {
        this.process = process;
        this.log = log;
        this.address = address;
    }

    long pid() {
        return process.pid();
    }

    /** Ends it with SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /** Sends it a signal by name, for example STOP. */
    public void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
        BrokenRunException.require(code == 0, "kill -" + name + " ended with " + code);
    }

    /** Fails with the end of its log when it has ended. */
    public void requireAlive() throws IOException {
        if (!process.isAlive()) {
            String text = Files.readString(log);
            throw new BrokenRunException(
                    "a service ended: " + text.substring(Math.max(0, text.length() - LAST_CHARACTERS)));
        }
    }

    /** Posts a JSON body. */
    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /**
     * Posts a JSON body and gives the answer's body.
     *
     * @throws BrokenRunException when the answer is not a success
     */
    public String postWell(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post(path, body);
        BrokenRunException.require(
                response.statusCode() / 100 == 2, path + " answered " + response.statusCode() + ": " + response.body());
        return response.body();
    }

    /**
     * The value of a sample of /metrics, a counter with or without {@code _total}; empty where it has none of that
     * name.
     */
    public OptionalDouble metric(String sample) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/metrics")).build();
        String text = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(sample) + "(?:_total)? ([0-9.eE+-]+)$")
                .matcher(text);
        return line.find() ? OptionalDouble.of(Double.parseDouble(line.group(1))) : OptionalDouble.empty();
    }

    /** The milliseconds of its last log line that begins its message with {@code event}. */
    public Optional<Long> loggedMs(String event) throws IOException {
        Matcher line = Pattern.compile(Pattern.quote(event) + " .*\\bms=(\\d+)").matcher(Files.readString(log));
        Optional<Long> last = Optional.empty();
        while (line.find()) {
            last = Optional.of(Long.valueOf(line.group(1)));
        }
        return last;
    }

    /** A line of {@code /proc/PID/status} in MiB, for example VmRSS; empty where the system has no such file. */
    public OptionalDouble memory(String line) throws IOException {
        return ProcessMemory.read(pid(), line);
    }
}
