package io.ghala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class CommandsTest {
    private static List<String> namesOf(Class<?> command) {
        Command annotation = command.getAnnotation(Command.class);
        List<String> names = new ArrayList<>(List.of(annotation.name()));
        names.addAll(Arrays.asList(annotation.aliases()));
        return names;
    }

    @Test
    void theWordsAreThoseThatTheCommandsCallThemselves() {
        List<String> names = new ArrayList<>();
        Commands.calledBy().forEach(command -> names.addAll(namesOf(command)));
        assertThat(Commands.words()).containsExactlyElementsOf(names);
        for (String word : Commands.words()) {
            assertThat(Commands.calledBy(word, "--help"))
                    .singleElement()
                    .satisfies(command -> assertThat(namesOf(command)).contains(word));
        }
    }

    @Test
    void whatIsNoCommandGetsAllOfThem() {
        assertThat(Commands.calledBy("--help")).isEqualTo(Commands.calledBy()).hasSizeGreaterThan(10);
        assertThat(Commands.calledBy("sqll")).isEqualTo(Commands.calledBy());
    }
}
