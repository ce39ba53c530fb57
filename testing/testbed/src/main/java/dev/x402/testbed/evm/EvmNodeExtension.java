package dev.x402.testbed.evm;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class an {@link EvmNode}; each test finds the chain as the class left it before the first.
 *
 * <p>By {@code @ExtendWith}, tests take an {@link EvmNode}, {@link EvmChain} or {@link TestDollar} as parameter; in a
 * static field with {@code @RegisterExtension}, {@link #node()} gives it. The node ends with the outermost class; not for
 * tests that run concurrently.
 */
public final class EvmNodeExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(EvmNodeExtension.class);

    private @Nullable EvmNode node;

    /** Creates the extension; the node starts with the class. */
    public EvmNodeExtension() {}

    /**
     * Returns the node of the class.
     *
     * @throws IllegalStateException before the class started
     */
    public EvmNode node() {
        EvmNode started = node;
        if (started == null) {
            throw new IllegalStateException("the node starts with the test class; register "
                    + EvmNodeExtension.class.getSimpleName() + " in a static field and ask for it inside a test");
        }
        return started;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        node = nodeOf(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        EvmNode started = nodeOf(context);
        node = started;
        context.getStore(NAMESPACE).put(Snapshot.class, started.chain().snapshot());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Snapshot before = context.getStore(NAMESPACE).remove(Snapshot.class, Snapshot.class);
        nodeOf(context).goBackTo(before);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == EvmNode.class || type == EvmChain.class || type == TestDollar.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        EvmNode started = nodeOf(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == EvmChain.class) {
            return started.chain();
        }
        return type == TestDollar.class ? started.dollar() : started;
    }

    private static EvmNode nodeOf(ExtensionContext context) {
        ExtensionContext outermost = context;
        for (ExtensionContext outer = context; outer.getTestClass().isPresent(); outer = parent(outer)) {
            outermost = outer;
        }
        return outermost.getStore(NAMESPACE).computeIfAbsent(EvmNode.class, key -> EvmNode.start(), EvmNode.class);
    }

    private static ExtensionContext parent(ExtensionContext context) {
        return context.getParent().orElseThrow();
    }
}
