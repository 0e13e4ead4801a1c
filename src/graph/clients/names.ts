/** Names of settings that hold an address for others, or one to listen on: nobody dials it from here. */
export const NOT_DIALLED: RegExp =
  /ORIGIN|CORS|ALLOW|REDIRECT|CALLBACK|LISTEN|BIND|ADVERTI[SZ]|ISSUER|NO_PROXY|IMAGE|(^|[^A-Z])(TAG|VERSION)/i;
