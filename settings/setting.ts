/** The types of settings, as messages call them. */
export type SettingType = "text" | "boolean" | "whole number" | "list of texts";

/** What a program has of each type. */
export interface ValueOf {
  readonly text: string;
  readonly boolean: boolean;
  readonly "whole number": number;
  readonly "list of texts": readonly string[];
}

/** One setting: of a stack, and of a gateway in a program of somebody else's as an argument of the same name. */
export interface Setting<Type extends SettingType> {
  readonly type: Type;
  /** What a gateway without the argument has. Where Pulumi.yaml has no default, each stack file says the setting itself. */
  readonly default: ValueOf[Type];
  readonly description: string;
  /** Encrypted in the stack file, where every other setting is plain, and never shown. Default: false. */
  readonly isSecret?: boolean;
  /** Whether messages leave the value out, since a secret may stand there by mistake. Default: as isSecret. */
  readonly isWithheld?: boolean;
  /** What is wrong with a value of the type and what would be right; undefined: nothing. */
  readonly fault?: (value: ValueOf[Type]) => string | undefined;
  /** Of a list, what is wrong with one of its texts and what would be right, to be read after the text. */
  readonly faultOfItem?: (item: string) => string | undefined;
}

/** A setting of any type. */
export type AnySetting = { readonly [Type in SettingType]: Setting<Type> }[SettingType];
