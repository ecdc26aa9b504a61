/// Repositories of tenants, and what the server knows about them.
package obnam.server.repository;
