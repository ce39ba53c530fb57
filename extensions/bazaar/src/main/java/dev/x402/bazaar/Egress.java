package dev.x402.bazaar;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** Which addresses are everybody's: no net that is private, special or meant for examples. */
final class Egress {
    private static final List<Net> CLOSED_4 = nets(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    /** Of IPv6 what is handed out: NAT64, unique and link-local addresses are outside. */
    private static final List<Net> OPEN_6 = nets("2000::/3");
    /** Within it what leads elsewhere: special purposes with Teredo, examples, 6to4. */
    private static final List<Net> CLOSED_6 = nets("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private Egress() {}

    /** The addresses whose first bits are these. */
    private record Net(BigInteger start, int size, int free) {
        static Net parse(String text) {
            int slash = text.indexOf('/');
            byte[] start = literal(text.substring(0, slash)).getAddress();
            int bits = Integer.parseInt(text.substring(slash + 1));
            return new Net(new BigInteger(1, start), start.length, start.length * 8 - bits);
        }

        boolean holds(byte[] address) {
            return address.length == size
                    && new BigInteger(1, address).shiftRight(free).equals(start.shiftRight(free));
        }

        private static InetAddress literal(String text) {
            try {
                return InetAddress.getByName(text);
            } catch (java.net.UnknownHostException e) {
                throw new IllegalArgumentException("no address: " + text, e);
            }
        }
    }

    private static List<Net> nets(String... texts) {
        return Arrays.stream(texts).map(Net::parse).toList();
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? !within(CLOSED_4, bytes) : within(OPEN_6, bytes) && !within(CLOSED_6, bytes);
    }

    private static boolean within(List<Net> nets, byte[] address) {
        return nets.stream().anyMatch(net -> net.holds(address));
    }
}
