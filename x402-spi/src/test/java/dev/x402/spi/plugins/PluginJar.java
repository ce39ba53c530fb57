package dev.x402.spi.plugins;

import com.google.auto.service.AutoService;
import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/** Compiles a stranger's plugin and packs it as a jar, whole or broken. */
final class PluginJar {
    /** A scheme that has no side. */
    static final String SCHEME = """
            package com.acme;
            public class %s implements dev.x402.spi.PaymentScheme {
                %s
                public String name() { return %s; }
                public dev.x402.spec.NetworkPattern networks() { return %s; }
                public dev.x402.spi.PaymentKey key(dev.x402.spi.Payment payment) { return null; }
            }
            """;

    private final Path file;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, List<String>> services = new LinkedHashMap<>();
    private final List<String> left = new ArrayList<>();
    private String version = "";

    PluginJar(Path directory, String name) {
        file = directory.resolve(name + ".jar");
    }

    /** A class in {@code com.acme}, with its source. */
    PluginJar type(String name, String source) {
        sources.put("com.acme." + name, source);
        return this;
    }

    /** A scheme {@code exact} on {@code toy:*} that is sound, and named in the service file. */
    PluginJar scheme(String name) {
        return scheme(name, "", "\"exact\"", "dev.x402.spec.NetworkPattern.parse(\"toy:*\")");
    }

    /** A scheme with more members, and what its two methods return, named in the service file. */
    PluginJar scheme(String name, String members, String schemeName, String networks) {
        return type(name, SCHEME.formatted(name, members, schemeName, networks))
                .service(PaymentScheme.class, "com.acme." + name);
    }

    PluginJar service(Class<?> service, String... lines) {
        services.computeIfAbsent(service.getName(), name -> new ArrayList<>()).addAll(List.of(lines));
        return this;
    }

    /** Makes the jar a module that reads the contracts. */
    PluginJar module(String name, String directive) {
        sources.put(
                "module-info", "module " + name + " { requires dev.x402.spi; exports com.acme; " + directive + " }");
        return this;
    }

    /** Leaves the class out of the jar, after the others were compiled with it. */
    PluginJar without(String name) {
        left.add("com/acme/" + name + ".class");
        return this;
    }

    PluginJar version(String implementation) {
        version = implementation;
        return this;
    }

    /** The jar's address, as messages show it. */
    URL pack() {
        try {
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            if (!version.isEmpty()) {
                manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
            }
            Map<String, byte[]> classes = compile();
            left.forEach(classes::remove);
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
                for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
                    jar.putNextEntry(new JarEntry(entry.getKey()));
                    jar.write(entry.getValue());
                }
                for (Map.Entry<String, List<String>> entry : services.entrySet()) {
                    jar.putNextEntry(new JarEntry("META-INF/services/" + entry.getKey()));
                    jar.write(String.join("\n", entry.getValue()).getBytes(StandardCharsets.UTF_8));
                }
            }
            return file.toUri().toURL();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Map<String, byte[]> compile() throws IOException {
        Path classes = Files.createTempDirectory(file.getParent(), "classes");
        if (sources.isEmpty()) {
            return new TreeMap<>();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(
                    sources.containsKey("module-info") ? StandardLocation.MODULE_PATH : StandardLocation.CLASS_PATH,
                    Stream.of(PaymentScheme.class, Network.class, NullMarked.class, AutoService.class)
                            .map(PluginJar::home)
                            .toList());
            List<Source> units = sources.entrySet().stream()
                    .map(entry -> new Source(entry.getKey(), entry.getValue()))
                    .toList();
            if (!compiler.getTask(output, files, null, List.of("-proc:none", "-nowarn"), null, units)
                    .call()) {
                throw new IllegalStateException(output.toString());
            }
        }
        Map<String, byte[]> compiled = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(classes)) {
            for (Path path : tree.filter(Files::isRegularFile).toList()) {
                compiled.put(classes.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return compiled;
    }

    static Path home(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    /** A loader of these jars above the class path of the tests. */
    static URLClassLoader loader(URL... jars) {
        return new URLClassLoader(jars, PluginJar.class.getClassLoader());
    }

    /** The address of a jar's service file, as messages show it. */
    static URL serviceFile(URL jar, Class<?> service) {
        try {
            return URI.create("jar:" + jar + "!/META-INF/services/" + service.getName())
                    .toURL();
        } catch (MalformedURLException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String type, String code) {
            super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
