package obnam.hash;

import obnam.api.Hasher;
import obnam.testkit.HasherContract;

class HmacSha256ContractTest extends HasherContract {

    @Override
    protected Hasher.Provider provider() {
        return new HmacSha256Provider();
    }
}
