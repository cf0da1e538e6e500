/** What every labelled control takes. */
export interface FieldProps {
  label: string;
  name?: string;
  help?: string | undefined;
  /** What is wrong and what to do. */
  error?: string | null | undefined;
  required?: boolean;
  disabled?: boolean;
  labelHidden?: boolean;
  /** Given when an error summary has to link to the control. */
  id?: string;
}

export type Choice = { value: string; label: string; help?: string; group?: string; disabled?: boolean };
