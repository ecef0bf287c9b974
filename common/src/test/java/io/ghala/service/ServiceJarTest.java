package io.ghala.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.presence.ServiceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJarTest {
    private static final String MAKE = "-XX:ArchiveClassesAtExit=";
    private static final String USE = "-XX:SharedArchiveFile=";
    private static final int TERMINATED = 143;
    private static final int KILLED = 137;

    @TempDir
    private Path dist;

    @BeforeEach
    void shipJars() throws IOException {
        Files.createDirectory(dist.resolve("lib"));
        Files.createFile(dist.resolve("query-service.jar"));
        Files.createFile(dist.resolve("lib").resolve("common.jar"));
    }

    @Test
    void theFirstStartMakesAnArchiveThatTheNextOneUses() throws IOException {
        ServiceJar jar = new ServiceJar(dist, ServiceKind.QUERY);
        Path unfinished = madeBy(jar.archivingCommand());
        assertThat(jar.command(List.of())).noneMatch(option -> option.startsWith(USE) || option.startsWith(MAKE));
        Files.writeString(unfinished, "classes");

        jar.ended(TERMINATED);

        assertThat(unfinished).doesNotExist();
        for (List<String> command : List.of(jar.archivingCommand(), jar.command(List.of()))) {
            assertThat(command).noneMatch(option -> option.startsWith(MAKE));
            assertThat(Path.of(value(command, USE))).hasContent("classes");
        }
    }

    @Test
    void whatAKilledServiceLeftIsNoArchive() throws IOException {
        ServiceJar jar = new ServiceJar(dist, ServiceKind.QUERY);
        Path unfinished = madeBy(jar.archivingCommand());
        Files.writeString(unfinished, "half");

        jar.ended(KILLED);

        assertThat(unfinished).doesNotExist();
        assertThat(madeBy(jar.archivingCommand())).isEqualTo(unfinished);
    }

    @Test
    void aServiceThatMadeNoneIsFine() throws IOException {
        ServiceJar jar = new ServiceJar(dist, ServiceKind.QUERY);
        jar.ended(0);
        assertThat(jar.archivingCommand()).anyMatch(option -> option.startsWith(MAKE));
    }

    @Test
    void anArchiveOlderThanAnyJarIsMadeAnew() throws IOException {
        ServiceJar jar = new ServiceJar(dist, ServiceKind.QUERY);
        Files.writeString(madeBy(jar.archivingCommand()), "classes");
        jar.ended(0);
        Files.setLastModifiedTime(
                dist.resolve("lib").resolve("common.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(jar.command(List.of())).noneMatch(option -> option.startsWith(USE));
        assertThat(jar.archivingCommand()).anyMatch(option -> option.startsWith(MAKE));
    }

    @Test
    void optionsOfTheCallerComeAfterTheServicesOwn() throws IOException {
        Files.createFile(dist.resolve("query-service.options"));
        List<String> command = new ServiceJar(dist, ServiceKind.QUERY).command(List.of("-Xmx1g"));
        assertThat(command.subList(1, command.size()))
                .containsExactly(
                        "@" + dist.resolve("service.options"),
                        "@" + dist.resolve("query-service.options"),
                        "-Xmx1g",
                        "-jar",
                        dist.resolve("query-service.jar").toString());
    }

    private static Path madeBy(List<String> command) {
        return Path.of(value(command, MAKE));
    }

    private static String value(List<String> command, String option) {
        return command.stream()
                .filter(word -> word.startsWith(option))
                .map(word -> word.substring(option.length()))
                .findFirst()
                .orElseThrow();
    }
}
