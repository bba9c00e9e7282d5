// A true OpenID provider on this machine: it lets anybody in under any name, and asks for PKCE.
// Arguments: port, redirect address, and "lean" to keep claims out of the ID token, as the standard wants it.
import Provider from "oidc-provider";

const [port, redirect, kind] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    { client_id: "kinerja", client_secret: "a-secret-of-both", redirect_uris: [redirect] },
    { client_id: "public", token_endpoint_auth_method: "none", redirect_uris: [redirect] },
  ],
  pkce: { required: () => true },
  claims: { openid: ["sub"], profile: ["preferred_username"] },
  conformIdTokenClaims: kind === "lean",
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: `subject-of-${id}`, ...(id === "unnamed" ? {} : { preferred_username: id }) }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
