// Written by codegen.mjs from the schema and .graphql files. Do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import { Operation } from "./operation.js";
export type LogInMutationVariables = Exact<{
  username: string;
  password: string;
  code?: string | null | undefined;
}>;


export type LogInMutation = { login: { accessToken: string | null, refreshToken: string | null, expiresIn: number | null, problems: Array<{ path: Array<string>, code: string, message: string }> } };

export type RefreshMutationVariables = Exact<{
  token: string;
}>;


export type RefreshMutation = { refresh: { accessToken: string | null, refreshToken: string | null, expiresIn: number | null, problems: Array<{ path: Array<string>, code: string, message: string }> } };

export type LogOutMutationVariables = Exact<{ [key: string]: never; }>;


export type LogOutMutation = { logout: { problems: Array<{ path: Array<string>, code: string, message: string }> } };

export const LogIn = new Operation<LogInMutation, LogInMutationVariables>(
  "LogIn",
  "mutation",
  `mutation LogIn($username: String!, $password: String!, $code: String) {
  login(input: {username: $username, password: $password, code: $code}) {
    accessToken
    refreshToken
    expiresIn
    problems {
      path
      code
      message
    }
  }
}`,
);

export const Refresh = new Operation<RefreshMutation, RefreshMutationVariables>(
  "Refresh",
  "mutation",
  `mutation Refresh($token: String!) {
  refresh(input: {refreshToken: $token}) {
    accessToken
    refreshToken
    expiresIn
    problems {
      path
      code
      message
    }
  }
}`,
);

export const LogOut = new Operation<LogOutMutation, LogOutMutationVariables>(
  "LogOut",
  "mutation",
  `mutation LogOut {
  logout {
    problems {
      path
      code
      message
    }
  }
}`,
);
