package obnam.server.account;

/// Who sent a request.
///
/// @param account the tenant
/// @param token the token that was shown
public record Caller(Account account, Account.IssuedToken token) {

    /// Whether the token has that right.
    public boolean may(Right right) {
        return token.rights().contains(right);
    }
}
