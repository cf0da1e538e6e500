ALTER TABLE "credit_entry" ADD COLUMN "because" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "sheet_import" ADD COLUMN "choices" text;