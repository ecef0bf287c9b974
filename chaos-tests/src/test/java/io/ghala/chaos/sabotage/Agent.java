package io.ghala.chaos.sabotage;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** Breaks one method of a service while its class is loaded. */
public final class Agent {
    /** Where a class and its method are, and what is woven into it. */
    private record Break(String type, String method, Class<?> advice) {}

    private static final Map<String, Break> BREAKS = Map.of(
            "plain-names",
            new Break("io.ghala.folder.OpFileName$Upsert", "fileName", PlainName.class),
            "no-fence",
            new Break("io.ghala.folder.StageFolder", "fence", NoFence.class));

    private Agent() {}

    /** Called by the JVM; {@code name} is the break. */
    public static void premain(String name, Instrumentation instrumentation) {
        Break chosen = BREAKS.get(name);
        if (chosen == null) {
            throw new IllegalArgumentException("there is no break '" + name + "'");
        }
        new AgentBuilder.Default()
                .type(named(chosen.type()))
                .transform((builder, type, loader, module, domain) -> {
                    if (type.getDeclaredMethods().filter(named(chosen.method())).isEmpty()) {
                        throw new IllegalStateException(chosen + " does not fit the code any more");
                    }
                    System.err.println("sabotage: " + name);
                    return builder.visit(Advice.to(chosen.advice()).on(named(chosen.method())));
                })
                .installOn(instrumentation);
    }

    /** The JVM option that breaks a service with {@code name}; the agent's jar is made in {@code folder}. */
    public static String option(String name, Path folder) throws IOException {
        Path jar = folder.resolve("sabotage.jar");
        if (!Files.exists(jar)) {
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().putValue("Premain-Class", Agent.class.getName());
            manifest.getMainAttributes()
                    .put(
                            Attributes.Name.CLASS_PATH,
                            AgentBuilder.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toString());
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out, manifest)) {
                add(Agent.class, entries);
                add(Break.class, entries);
                for (Break one : BREAKS.values()) {
                    add(one.advice(), entries);
                }
            }
        }
        return "-javaagent:" + jar + "=" + name;
    }

    private static void add(Class<?> type, JarOutputStream jar) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(file));
        try (InputStream in = Agent.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException(file + " is not on the class path");
            }
            in.transferTo(jar);
        }
        jar.closeEntry();
    }

    /** Broken: the file of an upsert is named by its row alone, so that whoever writes last wins. */
    static final class PlainName {
        private PlainName() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) String name) {
            name = name.substring(0, name.indexOf('@')) + ".json";
        }
    }

    /** Broken: nobody's stage folder is ever taken away. */
    static final class NoFence {
        private NoFence() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }
}
