import * as v from 'valibot';

/** The JSON body of a request, as the schema reads it; null when it is not JSON or does not fit. */
export async function jsonBody<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<v.InferOutput<Schema> | null> {
  const text = await request.text();
  const value = parsedJson(text);
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : null;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
