package io.ghala.service;

import io.ghala.presence.ServiceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service's jar in the folder of shipped jars, and the command that starts it. Its classes come from an archive of
 * this Java beside it (JEP 350), which a service makes when it ends, once per build.
 */
public final class ServiceJar {
    /** How the JVM ends after SIGTERM. */
    private static final int TERMINATED = 143;

    private final Path dist;
    private final ServiceKind kind;
    private final Path archive;
    private final Path unfinished;

    public ServiceJar(Path dist, ServiceKind kind) {
        this.dist = dist;
        this.kind = kind;
        String java = Integer.toHexString(
                (System.getProperty("java.home") + System.getProperty("java.vm.version")).hashCode());
        this.archive = dist.resolve(kind + "-" + java + ".jsa");
        this.unfinished =
                dist.resolve(kind + "-" + java + "." + ProcessHandle.current().pid() + ".tmp");
    }

    /**
     * The command, with the archive if there is one; {@code options} of the JVM come after those that it always has.
     */
    public List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + dist.resolve("service.options"));
        Path own = dist.resolve(kind + ".options");
        if (Files.exists(own)) {
            command.add("@" + own);
        }
        if (hasArchive()) {
            command.addAll(archived("-XX:SharedArchiveFile=" + archive));
        }
        command.addAll(options);
        command.addAll(List.of("-jar", dist.resolve(kind + ".jar").toString()));
        return command;
    }

    /**
     * The command, such that the process makes the archive when it ends if there is none and there can be one; see
     * {@link #ended}.
     */
    public List<String> archivingCommand() {
        return hasArchive() || !Files.isWritable(dist)
                ? command(List.of())
                : command(archived("-XX:ArchiveClassesAtExit=" + unfinished));
    }

    private static List<String> archived(String option) {
        // An archive that does not fit is no more than a slower start.
        return List.of(option, "-Xlog:disable", "-Xlog:all=error:stderr");
    }

    /**
     * To be called when a process of {@link #archivingCommand} has ended: keeps its archive unless it was killed.
     *
     * @throws IOException when it cannot be kept, which does no more harm than a slower start
     */
    public void ended(int exitCode) throws IOException {
        if (exitCode != 0 && exitCode != TERMINATED) {
            Files.deleteIfExists(unfinished);
        } else if (Files.exists(unfinished)) {
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** One that is older than any of the jars is of no use to Java. */
    private boolean hasArchive() {
        try {
            return Files.exists(archive) && newestJar().compareTo(Files.getLastModifiedTime(archive)) <= 0;
        } catch (IOException e) {
            throw new UncheckedIOException("the jars in " + dist + " cannot be read", e);
        }
    }

    private FileTime newestJar() throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        for (Path folder : List.of(dist, dist.resolve("lib"))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".jar")).toList()) {
                    FileTime time = Files.getLastModifiedTime(file);
                    newest = time.compareTo(newest) > 0 ? time : newest;
                }
            }
        }
        return newest;
    }
}
