package dev.x402.spi.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Spliterator;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plugins by {@link ServiceLoader}; one that is broken hides no other. */
final class ServiceSource implements PluginSource {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
    /** More than any application has; a loader that never ends must not hang the start. */
    private static final int MAX_PROVIDERS = 1_000;

    private final ClassLoader loader;
    private final Predicate<Class<?>> allow;

    ServiceSource(ClassLoader loader, Predicate<Class<?>> allow) {
        this.loader = loader;
        this.allow = allow;
    }

    @Override
    public <T> List<T> load(Class<T> service, Problems problems) {
        Spliterator<ServiceLoader.Provider<T>> providers =
                ServiceLoader.load(service, loader).stream().spliterator();
        List<T> found = new ArrayList<>();
        ServiceFiles files = new ServiceFiles(service, loader);
        List<LinkageError> skews = new ArrayList<>();
        for (int seen = 0; seen < MAX_PROVIDERS; seen++) {
            List<ServiceLoader.Provider<T>> next = new ArrayList<>(1);
            try {
                if (!providers.tryAdvance(next::add)) {
                    explain(service, files, skews, problems);
                    return found;
                }
            } catch (ServiceConfigurationError broken) {
                String message = String.valueOf(broken.getMessage());
                problems.add(message + files.behind(message) + "; repair that jar or leave it out", broken);
            } catch (LinkageError skew) {
                skews.add(skew);
            }
            next.forEach(provider -> construct(provider, problems).ifPresent(found::add));
        }
        explain(service, files, skews, problems);
        problems.add(service.getName() + ": expected at most " + MAX_PROVIDERS
                + " plugins in service files, saw more; leave jars out");
        return found;
    }

    /** A link error out of the loader does not say whose it is. */
    private static void explain(Class<?> service, ServiceFiles files, List<LinkageError> skews, Problems problems) {
        if (skews.isEmpty()) {
            return;
        }
        List<String> unlinked = files.unlinked();
        for (int i = 0; i < skews.size(); i++) {
            LinkageError skew = skews.get(i);
            problems.add(
                    i < unlinked.size()
                            ? unlinked.get(i)
                            : service.getName() + ": a plugin does not link: " + skew + "; "
                                    + Alignment.hint("the plugin", ""),
                    skew);
        }
    }

    private <T> Optional<T> construct(ServiceLoader.Provider<T> provider, Problems problems) {
        Class<? extends T> type = provider.type();
        Origin origin = Origin.of(type);
        if (!allow.test(type)) {
            LOG.debug("{} is not allowed and left out", origin);
            return Optional.empty();
        }
        try {
            return Optional.of(provider.get());
        } catch (ServiceConfigurationError | LinkageError broken) {
            Throwable cause = broken.getCause() == null ? broken : broken.getCause();
            problems.add(
                    origin + " cannot be constructed: " + cause
                            + (cause instanceof NoClassDefFoundError || cause instanceof IncompatibleClassChangeError
                                    ? "; " + Alignment.hint(origin.type(), origin.version())
                                    : "; repair that jar or leave it out"),
                    broken);
            return Optional.empty();
        }
    }
}
