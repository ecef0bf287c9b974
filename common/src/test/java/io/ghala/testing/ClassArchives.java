package io.ghala.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Archives of the classes that the shipped jars load, which halve the work of starting their processes again and again.
 * Made once for a build, in {@code target/class-archives} beside {@code ghala.dist}.
 */
public final class ClassArchives {
    private static final List<String> SERVICES =
            List.of("refresher-service", "stream-worker-service", "query-service", "parquet-writer-service");
    private static final String CLIENT = "client-cli";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private ClassArchives() {}

    /** JVM options with which the jar of this name, without {@code .jar}, starts from its archive. */
    public static synchronized List<String> options(String jar) {
        Path dist = Path.of(System.getProperty("ghala.dist"));
        Path folder = dist.resolveSibling("target").resolve("class-archives");
        try {
            Files.createDirectories(folder);
            // One of several test processes makes them, the others wait for it.
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !isFresh(dist, folder)) {
                    make(dist, folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("class archives cannot be made in " + folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return List.of(
                "-XX:SharedArchiveFile=" + folder.resolve(jar + ".jsa"), "-Xlog:disable", "-Xlog:all=error:stderr");
    }

    private static boolean isFresh(Path dist, Path folder) throws IOException {
        List<String> jars = new ArrayList<>(SERVICES);
        jars.add(CLIENT);
        for (String jar : jars) {
            Path archive = folder.resolve(jar + ".jsa");
            if (!Files.exists(archive) || newest(dist).compareTo(Files.getLastModifiedTime(archive)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static FileTime newest(Path dist) throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        try (Stream<Path> files = Files.walk(dist)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jar")).toList()) {
                FileTime time = Files.getLastModifiedTime(file);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
        }
        return newest;
    }

    private static void make(Path dist, Path folder) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("ghala-archives-");
        Path table = Files.createDirectories(scratch.resolve("db").resolve("orders"));
        Files.writeString(table.resolve("a.json"), "{\"id\":1}");
        List<Process> running = new ArrayList<>();
        try (RedisServer redis = RedisServer.start()) {
            Map<String, String> environment = new TreeMap<>(Map.of(
                    "REDIS_URL", redis.url(), "DB_ROOT", scratch.resolve("db").toString(), "HTTP_PORT", "0"));
            running.add(start(dist, folder, CLIENT, scratch, environment, "rehearse"));
            for (String service : SERVICES) {
                running.add(start(dist, folder, service, scratch, environment));
            }
            for (String service : SERVICES) {
                Awaitility.await(service + " has started").atMost(PATIENCE).until(() -> Files.readString(
                                scratch.resolve(service + ".log"))
                        .contains("service started"));
            }
            Awaitility.await("the table is published").atMost(PATIENCE).until(() -> redis.client()
                    .exists("ghala:{orders}:manifest"));
            for (Process process : running.subList(1, running.size())) {
                process.destroy();
            }
            for (Process process : running) {
                process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            running.forEach(Process::destroyForcibly);
        }
        for (String service : SERVICES) {
            publish(folder, service);
        }
        publish(folder, CLIENT);
        remove(scratch);
    }

    /** Made under another name first, so that none that is half written is found after a crash. */
    private static void publish(Path folder, String jar) throws IOException {
        Files.move(folder.resolve(jar + ".jsa.tmp"), folder.resolve(jar + ".jsa"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Process start(
            Path dist, Path folder, String jar, Path scratch, Map<String, String> environment, String... arguments)
            throws IOException {
        Path archive = folder.resolve(jar + ".jsa.tmp");
        Files.deleteIfExists(archive);
        Path temporary = Files.createDirectory(scratch.resolve("tmp-" + jar));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dio.netty.noUnsafe=false",
                "-Djava.io.tmpdir=" + temporary,
                "-XX:ArchiveClassesAtExit=" + archive,
                "-Xlog:disable",
                "-jar",
                dist.resolve(jar + ".jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve(jar + ".log").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
