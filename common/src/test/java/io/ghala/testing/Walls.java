package io.ghala.testing;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * The walls between packages that hold in every module: each has a test that names its own packages and these rules.
 * docs/architecture.md tells what lives where.
 */
public final class Walls {
    private static final int MOST_CLASSES = 30;
    private static final Pattern PROGRAM =
            Pattern.compile("io\\.ghala\\.(refresher|worker|queryservice|parquetwriter|cli|benchmarks)\\b");

    private Walls() {}

    @ArchTest
    public static final ArchRule NO_TWO_PACKAGES_DEPEND_ON_EACH_OTHER =
            slices().matching("io.ghala.(**)").should().beFreeOfCycles();

    @ArchTest
    public static final ArchRule ONLY_THE_REDIS_PACKAGES_SEE_JEDIS =
            only("redis.clients..", "io.ghala.redis..", "io.ghala.benchmarks..");

    @ArchTest
    public static final ArchRule ONLY_MODULES_AND_LAUNCHERS_SEE_GUICE = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Module")
            .and()
            .haveSimpleNameNotEndingWith("Launcher")
            .and()
            .haveSimpleNameNotEndingWith("Main")
            .and()
            .resideOutsideOfPackage("io.ghala.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.inject..")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule ONLY_WHERE_TABLES_LIE_AND_PARQUET_IS_READ_IS_DUCKDB_SEEN = only(
            "org.duckdb..",
            "io.ghala.queryservice.store..",
            "io.ghala.queryservice.run..",
            "io.ghala.refresher.typed.parquet..");

    @ArchTest
    public static final ArchRule ONLY_WHAT_SPEAKS_HTTP_SEES_JETTY = only(
            "org.eclipse.jetty..",
            "io.ghala.service..",
            "io.ghala.web..",
            "io.ghala.queryservice",
            "io.ghala.queryservice.http..");

    @ArchTest
    public static final ArchRule ONLY_THE_COMMAND_LINE_SEES_PICOCLI_AND_JLINE =
            only("picocli..", "io.ghala.cli..").allowEmptyShould(true);

    @ArchTest
    public static final ArchRule ROWS_AND_ROOMS_BETWEEN_THE_EDGES_KNOW_NO_JSON = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.ghala.model..",
                    "io.ghala.config..",
                    "io.ghala.work..",
                    "io.ghala.lease..",
                    "io.ghala.presence..",
                    "io.ghala.query..",
                    "io.ghala.queryservice.store..",
                    "io.ghala.queryservice.fetch..",
                    "io.ghala.queryservice.load..",
                    "io.ghala.queryservice.run..",
                    "io.ghala.refresher.detect..",
                    "io.ghala.refresher.index..",
                    "io.ghala.refresher.parts..",
                    "io.ghala.refresher.change..",
                    "io.ghala.refresher.publish..",
                    "io.ghala.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule SERVICES_NEVER_SEE_EACH_OTHER = classes().should(seeNoOtherProgram());

    @ArchTest
    public static final ArchRule EVERY_PACKAGE_SAYS_WHERE_NULL_MAY_BE =
            classes().should(beInANullMarkedPackage());

    @ArchTest
    public static final ArchRule NO_PACKAGE_HAS_MORE_CLASSES_THAN_ONE_CAN_LOOK_OVER =
            classes().that().areTopLevelClasses().should(haveAtMostNeighbours(MOST_CLASSES));

    private static ArchRule only(String library, String... seers) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(seers)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true);
    }

    private static ArchCondition<JavaClass> seeNoOtherProgram() {
        return new ArchCondition<>("see no class of another service, of the command line or of the benchmarks") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                String own = program(item);
                item.getDirectDependenciesFromSelf().forEach(dependency -> {
                    String other = program(dependency.getTargetClass());
                    if (!other.isEmpty() && !other.equals(own)) {
                        events.add(violated(item, dependency.getDescription()));
                    }
                });
            }

            private String program(JavaClass of) {
                Matcher matcher = PROGRAM.matcher(of.getPackageName());
                return matcher.lookingAt() ? matcher.group(1) : "";
            }
        };
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(violated(item, item.getPackageName() + " has no package-info with @NullMarked"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveAtMostNeighbours(int most) {
        return new ArchCondition<>("live in a package of at most " + most + " classes") {
            private final Map<String, List<String>> byPackage = new TreeMap<>();

            @Override
            public void init(Collection<JavaClass> all) {
                byPackage.clear();
            }

            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getSimpleName().equals("package-info")) {
                    byPackage
                            .computeIfAbsent(item.getPackageName(), name -> new ArrayList<>())
                            .add(item.getSimpleName());
                }
            }

            @Override
            public void finish(ConditionEvents events) {
                byPackage.forEach((name, classes) -> {
                    if (classes.size() > most) {
                        events.add(violated(
                                name, name + " has " + classes.size() + " classes: look for a second subject"));
                    }
                });
            }
        };
    }
}
