package io.ghala.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.InvalidValueException;
import io.ghala.service.FailPoints.ReachedException;
import org.junit.jupiter.api.Test;

class FailPointsTest {
    @Test
    void nothingHappensWithoutASetting() {
        assertThatCode(() -> FailPoints.parse("").reach("worker.after-rename")).doesNotThrowAnyException();
        assertThatCode(() -> FailPoints.none().reach("worker.after-rename")).doesNotThrowAnyException();
    }

    @Test
    void theNthPassingOfTheNamedStepCounts() {
        FailPoints points = FailPoints.parse("a.b=throw@2, c=throw");
        assertThatCode(() -> points.reach("a.b")).doesNotThrowAnyException();
        assertThatThrownBy(() -> points.reach("a.b")).isInstanceOf(ReachedException.class);
        assertThatCode(() -> points.reach("a.b")).doesNotThrowAnyException();
        assertThatThrownBy(() -> points.reach("c")).hasMessageContaining("c reached");
        assertThatCode(() -> points.reach("d")).doesNotThrowAnyException();
    }

    @Test
    void aStarMeansEveryPassing() {
        FailPoints points = FailPoints.parse("a=throw@*");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> points.reach("a")).isInstanceOf(ReachedException.class);
        }
    }

    @Test
    void aPauseThatIsInterruptedEnds() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> FailPoints.parse("a=pause:60000").reach("a")).isInstanceOf(ReachedException.class);
        assertThatCode(() -> FailPoints.parse("a=pause:1").reach("a")).isInstanceOf(ReachedException.class);
        org.assertj.core.api.Assertions.assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void refusesAnotherForm() {
        for (String setting : new String[] {"a", "a=stop", "a=halt@0", "a=pause", ",", "a=throw@"}) {
            assertThatThrownBy(() -> FailPoints.parse(setting))
                    .as(setting)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("NAME=halt");
        }
    }
}
