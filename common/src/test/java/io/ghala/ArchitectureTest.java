package io.ghala;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Walls inside common. */
@AnalyzeClasses(packages = "io.ghala", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_REDIS_SEES_JEDIS = noClasses()
            .that()
            .resideOutsideOfPackage("io.ghala.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("redis.clients..");

    @ArchTest
    static final ArchRule ONLY_MODULES_AND_THE_LAUNCHER_SEE_GUICE = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Module")
            .and()
            .doNotHaveSimpleName("ServiceLauncher")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.inject..");

    @ArchTest
    static final ArchRule THE_MODEL_DEPENDS_ON_NOTHING = noClasses()
            .that()
            .resideInAPackage("io.ghala.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.ghala.config..",
                    "io.ghala.snapshot..",
                    "io.ghala.redis..",
                    "io.ghala.service..",
                    "io.ghala.token..");

    @ArchTest
    static final ArchRule TOKENS_AND_CODECS_ARE_FREE_OF_CYCLES =
            slices().matching("io.ghala.snapshot.(*)..").should().beFreeOfCycles();
}
