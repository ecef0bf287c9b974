package io.ghala;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.ghala.testing.Walls;

/** The walls inside of common; docs/architecture.md has them as a table. */
@AnalyzeClasses(packages = "io.ghala", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests WALLS = ArchTests.in(Walls.class);

    /** What a package may see stands on a lower floor, or on its own. */
    @ArchTest
    static final ArchRule FLOORS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("model")
            .definedBy("io.ghala.model..")
            .layer("ground")
            .definedBy(
                    "io.ghala.config..",
                    "io.ghala.work..",
                    "io.ghala.presence..",
                    "io.ghala.arrow..",
                    "io.ghala.token..",
                    "io.ghala.type..",
                    "io.ghala.intent..",
                    "io.ghala.query..",
                    "io.ghala.web..")
            .layer("lease")
            .definedBy("io.ghala.lease..")
            .layer("snapshot and folder")
            .definedBy("io.ghala.snapshot..", "io.ghala.folder..")
            .layer("redis")
            .definedBy("io.ghala.redis..")
            .layer("service")
            .definedBy("io.ghala.service..")
            .whereLayer("ground")
            .mayOnlyBeAccessedByLayers("lease", "snapshot and folder", "redis", "service")
            .whereLayer("lease")
            .mayOnlyBeAccessedByLayers("snapshot and folder", "redis", "service")
            .whereLayer("snapshot and folder")
            .mayOnlyBeAccessedByLayers("redis", "service")
            .whereLayer("redis")
            .mayOnlyBeAccessedByLayers("service")
            .whereLayer("service")
            .mayNotBeAccessedByAnyLayer();

    /** Each script of Redis is tested on a real one. */
    @ArchTest
    static final ArchRule SCRIPTS_HAVE_TESTS = classes()
            .that()
            .resideInAPackage("io.ghala.redis..")
            .and()
            .haveSimpleNameEndingWith("Script")
            .and()
            .doNotHaveSimpleName("LuaScript")
            .should(haveATestOnRedis());

    private static ArchCondition<JavaClass> haveATestOnRedis() {
        return new ArchCondition<>("have a test on a real Redis") {
            @Override
            public void check(JavaClass script, ConditionEvents events) {
                try {
                    Class.forName(script.getName() + "IT");
                } catch (ClassNotFoundException e) {
                    events.add(SimpleConditionEvent.violated(
                            script, "there is no " + script.getSimpleName() + "IT: " + e.getMessage()));
                }
            }
        };
    }
}
