package dev.x402.spi.plugins;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service files that name the plugins of one service; read only to explain what is broken. */
final class ServiceFiles {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final Class<?> service;
    private final ClassLoader loader;
    private @Nullable Map<String, URL> read;

    ServiceFiles(Class<?> service, ClassLoader loader) {
        this.service = service;
        this.loader = loader;
    }

    private Map<String, URL> fileByType() {
        if (read == null) {
            Map<String, URL> files = new LinkedHashMap<>();
            try {
                for (URL file : Collections.list(loader.getResources("META-INF/services/" + service.getName()))) {
                    types(file).forEach(type -> files.putIfAbsent(type, file));
                }
            } catch (IOException | UncheckedIOException unreadable) {
                LOG.debug("service files of {} cannot be read to explain what is broken", service, unreadable);
            }
            read = files;
        }
        return read;
    }

    private static Stream<String> types(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            return lines
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList()
                    .stream();
        }
    }

    /** The file that names a class of this message; empty when the message says it. */
    String behind(String message) {
        List<String> words = Arrays.asList(message.split(" ", -1));
        return fileByType().entrySet().stream()
                .filter(entry -> words.contains(entry.getKey()))
                .filter(entry -> !message.contains(entry.getValue().toString()))
                .map(entry -> ", named by " + entry.getValue())
                .findFirst()
                .orElse("");
    }

    /** The named classes that do not link, each with its file and its jar's version. */
    List<String> unlinked() {
        List<String> unlinked = new ArrayList<>();
        fileByType().forEach((type, file) -> {
            try {
                Class.forName(type, false, loader);
            } catch (ClassNotFoundException absent) {
                // The loader says so itself.
            } catch (LinkageError skew) {
                unlinked.add(type + ", named by " + file + ", does not link: " + skew + "; "
                        + Alignment.hint(type, version(file)));
            }
        });
        return unlinked;
    }

    private static String version(URL file) {
        try {
            return file.openConnection() instanceof JarURLConnection jar
                    ? Origin.manifestVersion(jar.getJarFileURL().toString()).orElse("")
                    : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
