package obnam.insecure;

import java.util.Map;
import obnam.testkit.KeyDeriverContract;

final class CheapKeyDeriverTest extends KeyDeriverContract {

    @Override
    protected String name() {
        return "testkit-cheap";
    }

    @Override
    protected Map<String, Long> cheapest() {
        return Map.of("rounds", 1L);
    }
}
