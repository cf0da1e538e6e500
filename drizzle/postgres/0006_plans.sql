CREATE TABLE "clause_trial" (
	"drill_id" text COLLATE "C" NOT NULL,
	"plan_key" text COLLATE "C" NOT NULL,
	"clause_no" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"met" boolean NOT NULL,
	"held_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "clause_trial_drill_id_plan_key_clause_no_pk" PRIMARY KEY("drill_id","plan_key","clause_no")
);
--> statement-breakpoint
ALTER TABLE "plan_version" ADD COLUMN "basis" text NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_version" ADD COLUMN "parameters" text NOT NULL;--> statement-breakpoint
CREATE INDEX "clause_trial_plan" ON "clause_trial" USING btree ("plan_key","path");