package dev.x402.testbed.svm;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class an {@link SvmNode}; each test finds the chain as the class left it before the first.
 *
 * <p>By {@code @ExtendWith}, tests take an {@link SvmNode}, {@link SvmChain} or {@link SvmToken}, which is USDC, as parameter; in a
 * static field with {@code @RegisterExtension}, {@link #node()} gives it. The node ends with the outermost class; not for
 * tests that run concurrently.
 */
public final class SvmNodeExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SvmNodeExtension.class);

    private @Nullable SvmNode node;

    /** Creates the extension; the node starts with the class. */
    public SvmNodeExtension() {}

    /**
     * Returns the node of the class.
     *
     * @throws IllegalStateException before the class started
     */
    public SvmNode node() {
        SvmNode started = node;
        if (started == null) {
            throw new IllegalStateException("the node starts with the test class; register "
                    + SvmNodeExtension.class.getSimpleName() + " in a static field and ask for it inside a test");
        }
        return started;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        node = nodeOf(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        SvmNode started = nodeOf(context);
        node = started;
        context.getStore(NAMESPACE).put(SvmSnapshot.class, started.chain().snapshot());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        SvmSnapshot before = context.getStore(NAMESPACE).remove(SvmSnapshot.class, SvmSnapshot.class);
        nodeOf(context).goBackTo(before);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == SvmNode.class || type == SvmChain.class || type == SvmToken.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SvmNode started = nodeOf(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == SvmChain.class) {
            return started.chain();
        }
        return type == SvmToken.class ? started.usdc() : started;
    }

    private static SvmNode nodeOf(ExtensionContext context) {
        ExtensionContext outermost = context;
        for (ExtensionContext outer = context; outer.getTestClass().isPresent(); outer = parent(outer)) {
            outermost = outer;
        }
        return outermost.getStore(NAMESPACE).computeIfAbsent(SvmNode.class, key -> SvmNode.start(), SvmNode.class);
    }

    private static ExtensionContext parent(ExtensionContext context) {
        return context.getParent().orElseThrow();
    }
}
