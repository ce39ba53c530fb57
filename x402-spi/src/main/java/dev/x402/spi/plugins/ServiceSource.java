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
        for (int seen = 0; seen < MAX_PROVIDERS; seen++) {
            List<ServiceLoader.Provider<T>> next = new ArrayList<>(1);
            try {
                if (!providers.tryAdvance(next::add)) {
                    return found;
                }
            } catch (ServiceConfigurationError broken) {
                problems.add(String.valueOf(broken.getMessage()), broken);
            } catch (LinkageError skew) {
                problems.add(service.getName() + ": a plugin does not link: " + skew, skew);
            }
            next.forEach(provider -> construct(provider, problems).ifPresent(found::add));
        }
        problems.add(service.getName() + ": expected at most " + MAX_PROVIDERS + " entries in service files, saw more");
        return found;
    }

    private <T> Optional<T> construct(ServiceLoader.Provider<T> provider, Problems problems) {
        Class<? extends T> type = provider.type();
        if (!allow.test(type)) {
            LOG.debug("{} is not allowed and left out", Origin.of(type));
            return Optional.empty();
        }
        try {
            return Optional.of(provider.get());
        } catch (ServiceConfigurationError | LinkageError broken) {
            Throwable cause = broken.getCause() == null ? broken : broken.getCause();
            problems.add(Origin.of(type) + " cannot be constructed: " + cause, broken);
            return Optional.empty();
        }
    }
}
