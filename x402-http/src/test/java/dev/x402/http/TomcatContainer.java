package dev.x402.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.net.URI;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Tomcat on a free port of the loopback, an application for each site. */
public final class TomcatContainer implements Container {
    private static final Logger LOG = Logger.getLogger("org.apache");

    static {
        LOG.setLevel(Level.OFF);
    }

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();

    public TomcatContainer() {
        tomcat.setBaseDir(Path.of("target/tomcat").toAbsolutePath().toString());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxHttpHeaderSize", "65536");
        connector.setProperty("relaxedPathChars", "<>[]^`{|}\"");
        connector.setProperty("encodedSolidusHandling", "decode");
        connector.setProperty("encodedReverseSolidusHandling", "decode");
        connector.setAllowBackslash(true);
        connector.setAllowTrace(true);
        tomcat.setConnector(connector);
        tomcat.getHost().setAutoDeploy(false);
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Site open(String mapping, Filter filter, Servlet servlet) {
        StandardContext context = new StandardContext();
        context.setPath("");
        context.setName("");
        context.addLifecycleListener(new Tomcat.FixContextListener());
        FilterDef first = new FilterDef();
        first.setFilterName("first");
        first.setFilter(filter);
        first.setAsyncSupported("true");
        context.addFilterDef(first);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("first");
        everywhere.addURLPattern("/*");
        for (DispatcherType type : DispatcherType.values()) {
            everywhere.setDispatcher(type.name());
        }
        context.addFilterMap(everywhere);
        Wrapper last = Tomcat.addServlet(context, "last", servlet);
        last.setAsyncSupported(true);
        last.addMapping(mapping);
        tomcat.getHost().addChild(context);
        return new Site() {
            @Override
            public URI uri() {
                return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
            }

            @Override
            public void close() {
                tomcat.getHost().removeChild(context);
            }
        };
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
